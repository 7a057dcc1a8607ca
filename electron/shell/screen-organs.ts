import { app, type BrowserWindow } from 'electron'
import type { Drawn, ScreenOrgans } from '../kiosk/host/screen-care.ts'

/** Where the screen's mark is (`renderer/app/pulse-mark.tsx`). */
const mark = { x: 0, y: 0, width: 8, height: 8 }
const againMs = 300

/** The pulse of the screen in this window. */
export function organsOf(window: BrowserWindow): ScreenOrgans {
  const { webContents } = window
  return {
    async ping() {
      await webContents.executeJavaScript('0')
      // Here it can simply be taken back.
      if (webContents.zoomFactor !== 1) webContents.zoomFactor = 1
      return 'well'
    },
    pids: () => [webContents.getOSProcessId(), ...gpuPids()],
    look: (limitMs) => look(window, limitMs),
  }
}

/** Electron begins it again by itself when it is gone. */
export function killGpu(): void {
  for (const pid of gpuPids()) process.kill(pid, 'SIGKILL')
}

const gpuPids = () => app.getAppMetrics().flatMap(({ type, pid }) => (type === 'GPU' ? [pid] : []))

/** Until two pictures of the mark differ. A GPU process that hangs gives none at all. */
async function look(window: BrowserWindow, limitMs: number): Promise<Drawn> {
  const seen = new Set<string>()
  let over = false
  async function see(): Promise<Drawn> {
    while (!over) {
      const picture = await window.webContents.capturePage(mark)
      if (!picture.isEmpty()) seen.add(picture.toBitmap().toString('base64'))
      if (seen.size > 1) return 'changing'
      await new Promise((go) => setTimeout(go, againMs))
    }
    return seen.size === 0 ? 'nothing' : 'same'
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Drawn>((resolve) => {
    timer = setTimeout(() => resolve(seen.size === 0 ? 'nothing' : 'same'), limitMs)
  })
  try {
    return await Promise.race([see(), late])
  } finally {
    over = true
    clearTimeout(timer)
  }
}
