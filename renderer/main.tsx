import '@digital-go-jp/design-tokens/dist/tokens.css'
import '@fontsource-variable/noto-sans-jp'
import './ui/style.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startArrowKeys } from './app/arrow-keys.ts'
import { connectBridge } from './bridge/connect.ts'
import { startWords } from './i18n/languages.ts'
import { createKioskLine } from './state/kiosk-line.ts'

const root = document.getElementById('root')
if (!root) throw new Error('no root')

for (const type of ['contextmenu', 'dragstart', 'drop', 'dragover', 'selectstart']) {
  window.addEventListener(type, (event) => event.preventDefault())
}
// A mouse that is plugged in: back, forward, paste (not the first button), and zoom.
for (const type of ['mousedown', 'mouseup', 'auxclick'] as const) {
  window.addEventListener(type, (event) => event.button > 0 && event.preventDefault())
}
window.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false })

await startWords()
const line = createKioskLine(connectBridge)
line.start()
startArrowKeys(document.body)
createRoot(root).render(<App line={line} />)
