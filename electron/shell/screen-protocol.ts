import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { screenFiles } from '../kiosk/screen-server/screen-files.ts'
import { screenHeaders } from '../kiosk/screen-server/screen-headers.ts'

const scheme = 'app'
export const screenAddress = `${scheme}://kiosk/`

/** Before Electron is ready: `app:` is an origin of its own like https, so that policy, modules and storage rules hold. */
export function registerScreenScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
  ])
}

type Options = {
  screenDir: string
  /** Path of a picture of the release on screen. */
  picture: (sha256: string) => Promise<string | null>
}

/** Serves the screen's files and the release's pictures, with the headers that the loopback server gives. */
export function serveScreenProtocol(session: Session, { screenDir, picture }: Options): void {
  const file = screenFiles(screenDir)

  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    const ours = url.host === 'kiosk' && (request.method === 'GET' || request.method === 'HEAD')
    const sha256 = /^\/picture\/([0-9a-f]{64})$/.exec(url.pathname)?.[1]
    const found = !ours ? null : sha256 ? await pictureFile(sha256) : await file(pathOf(url))
    if (found === null) return new Response('', { status: 404, headers: screenHeaders })
    return new Response(new Uint8Array(found.bytes), {
      headers: {
        ...screenHeaders,
        'content-type': found.type,
        'cache-control': found.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
      },
    })
  })

  async function pictureFile(sha256: string) {
    const path = await picture(sha256)
    if (path === null) return null
    // A release that is given up takes its pictures with it.
    const bytes = await readFile(path).catch(() => null)
    return bytes === null ? null : { bytes, type: 'image/webp', immutable: true }
  }
}

function pathOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return '\0'
  }
}
