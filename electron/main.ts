// Electron's own entry, bundled by build/electron.ts: everything is in shell/.
import { runElectron } from './shell/run-electron.ts'

void runElectron(process.argv)
