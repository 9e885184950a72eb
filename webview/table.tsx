import { render } from 'preact';
import { App } from './page/app.tsx';
import { linkToVsCode } from './page/link.ts';
import './page/page.css';
import './picture/table.css';

/** The page "Compare Processes": a table of processes by namespace types. Entry of the bundle `dist/webview/table.js`. */
render(<App link={linkToVsCode()} />, document.body);
