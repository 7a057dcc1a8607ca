import type { WebPreferences } from 'electron'

/** Whatever a page could be given beside showing itself is left out; there is no preload at all (E4). */
export const guardedPreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  disableDialogs: true,
  disableHtmlFullscreenWindowResize: true,
  disableWakeLocks: true,
  disableBlinkFeatures: 'FileSystemAccessLocal,WebShare,DocumentPictureInPictureAPI,WebBluetooth,WebUSB,WebHID,Serial',
  spellcheck: false,
  devTools: false,
}
