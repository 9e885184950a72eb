import { inVsCode } from './session.ts';
import { comparingProcesses } from './shared/compare.ts';
import { enteredTerminal } from './shared/enter.ts';
import { helperKilled } from './shared/helperCrash.ts';
import { hostileText, prepareHostileText } from './shared/hostileText.ts';
import { fileOfProcess } from './shared/openFile.ts';

// Suites that want nothing of VS Code but an empty window: starting one of its own would take as long as each of them. Reloading and themes come last.
// (Drawn by the GPU, a terminal's text is no text of the page.)
inVsCode('in an empty window:', { prepare: prepareHostileText, settings: { 'terminal.integrated.gpuAcceleration': 'off' } }, (vs) => {
  for (const suite of [hostileText, fileOfProcess, enteredTerminal, helperKilled, comparingProcesses]) suite(vs);
});
