/** The entry of each host, and what it takes beside the arguments that all share. */
export const hostScripts = {
  headless: { script: 'electron/chromium/kiosk-process.ts', extra: ['--host', 'headless'] },
  chromium: { script: 'electron/chromium/main.ts', extra: [] },
  electron: { script: 'build/electron.ts', extra: [] },
} satisfies Record<string, { script: string; extra: string[] }>

/** The address in the JSON line by which a host says that its screen can be opened; undefined for any other line. */
export function readyUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const message: unknown = JSON.parse(line)
    if (
      typeof message === 'object' &&
      message &&
      'ready' in message &&
      'url' in message &&
      typeof message.url === 'string'
    )
      return message.url
  } catch {
    // A line of a log that happens to begin with a brace.
  }
  return undefined
}
