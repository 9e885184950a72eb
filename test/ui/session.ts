import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe } from 'mocha';
import AxeBuilder from '@axe-core/playwright';
import { artifacts } from '../host/checkout.mjs';
import { startBrowser } from '../host/browser.mjs';
import { pageUrl, startCodeServer, type Edition } from '../host/code-server.mjs';
import { keepLogs, keepScreenshot } from '../host/evidence.mjs';
import { TreeView } from './treeView.ts';
import { Workbench } from './workbench.ts';

export interface SessionOptions {
  /** User settings. */
  readonly settings?: Record<string, unknown>;
  /** Size of the window, CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Folder that VS Code opens. */
  readonly folder?: string;
  /** Folder of installed extensions; default: just this checkout, linked. */
  readonly extensionsDir?: string;
  /** Which VS Code; default: the one in node_modules. */
  readonly edition?: Edition;
  /** Whether VS Code asks if a folder is trusted; default: all are. */
  readonly trust?: boolean;
  /** Another user than root who runs VS Code; asked for when `prepare` is done. */
  readonly person?: () => { readonly uid: number; readonly before: readonly string[] };
  /** Done before VS Code starts: what it makes is there at the extension's first look. */
  readonly prepare?: () => Promise<void>;
}

type Server = Awaited<ReturnType<typeof startCodeServer>>;
type Browser = Awaited<ReturnType<typeof startBrowser>>;

/** One running VS Code with its side bar on the Namespaces view. */
export class Session {
  readonly options: SessionOptions;
  #running: { server: Server; browser: Browser; workbench: Workbench; tree: TreeView } | undefined;

  constructor(options: SessionOptions) {
    this.options = options;
  }

  get #all() {
    if (!this.#running) throw new Error('VS Code is not running');
    return this.#running;
  }

  get server(): Server { return this.#all.server; }
  get browser(): Browser { return this.#all.browser; }
  get workbench(): Workbench { return this.#all.workbench; }
  get tree(): TreeView { return this.#all.tree; }
  get page(): Workbench['page'] { return this.#all.workbench.page; }

  async start(): Promise<void> {
    const { settings, size, folder, extensionsDir, edition, trust, person } = this.options;
    const server = await startCodeServer({ ...(settings ? { settings } : {}), ...(extensionsDir === undefined ? {} : { extensionsDir }), ...(edition ? { edition } : {}), ...(trust === undefined ? {} : { trust }), ...(person ? { person: person() } : {}) });
    try {
      const browser = await startBrowser(size ? { size } : {});
      const workbench = new Workbench(browser.page);
      this.#running = { server, browser, workbench, tree: new TreeView(workbench, 'Namespaces') };
      await workbench.open(pageUrl(server, { folder }));
      await workbench.showContainer('Namespace Lab');
    } catch (error) {
      if (!this.#running) await server.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#running?.browser.stop();
    await this.#running?.server.stop();
    this.#running = undefined;
  }

  /** What is needed to understand a failure. */
  async keepEvidence(title: string): Promise<void> {
    if (!this.#running) return;
    console.log(`      picture: ${await keepScreenshot(this.browser, 'ui', title)}`);
    console.log(`      logs: ${keepLogs(this.server, 'ui')}`);
  }

  /** A picture for people to look at: test/artifacts/shots/NAME.png. */
  async shot(name: string): Promise<void> {
    const folder = path.join(artifacts, 'shots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }

  /**
   * What axe finds wrong within `inside` (a selector); one line each. Through all frames, so that a webview's page is seen;
   * the rest of the workbench is VS Code's own.
   */
  async accessibilityFaults(inside: string | string[]): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).include(inside).analyze();
    return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${v.help}: ${JSON.stringify(node.target)} ${node.html.slice(0, 160)}`));
  }
}

/** A group of tests that share one VS Code; a failing one leaves a picture and the logs. */
export function inVsCode(title: string, options: SessionOptions, tests: (vs: Session) => void): void {
  describe(title, () => {
    const vs = new Session(options);
    before(async function () {
      try {
        await options.prepare?.();
        await vs.start();
      } catch (error) {
        await vs.keepEvidence(`${title} start`);
        throw error;
      }
    });
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await vs.keepEvidence(this.currentTest.fullTitle());
    });
    after(() => vs.stop());
    tests(vs);
  });
}
