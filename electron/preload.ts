// All that the page gets of Electron: it may ask for a port to the kiosk process.
import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('kioskHost', { requestPort: () => ipcRenderer.send('kiosk-port') })
// Ports do not cross the bridge between the two worlds; a message of the window to itself carries them over.
ipcRenderer.on('kiosk-port', (event) => window.postMessage('kiosk-port', window.location.origin, event.ports))
