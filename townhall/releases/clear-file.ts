import { rmSync } from 'node:fs'

/** A file that is not wanted any more harms nobody if it stays. @returns why it does, if it does */
export function clearFile(path: string): string[] {
  try {
    rmSync(path, { force: true })
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
