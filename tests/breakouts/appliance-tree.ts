import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { layFiles } from '../../build/appliance/lay-files.ts'
import { type Site, siteSchema } from '../../build/appliance/site.ts'

export const applianceDir = join(import.meta.dirname, '..', '..', 'build', 'appliance')

export function exampleSite(change: (site: Site) => Site = (site) => site): Site {
  const example: unknown = JSON.parse(readFileSync(join(applianceDir, 'site.example.json'), 'utf8'))
  return siteSchema.parse(change(siteSchema.parse(example)))
}

/** The machine's root as the recipe lays our files over Debian's. */
export function layTree(site = exampleSite()) {
  const root = mkdtempSync(join(tmpdir(), 'appliance-'))
  layFiles(root, site)
  return {
    root,
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
    /** systemd does nothing for a unit that is a link to /dev/null. */
    isMasked(unit: string): boolean {
      try {
        return readlinkSync(join(root, 'etc/systemd/system', unit)) === '/dev/null'
      } catch {
        return false
      }
    },
  }
}

/** A file of systemd's as section → key → values in their order; an empty value takes back those before it, as systemd reads lists. */
export function readUnit(text: string): Map<string, Map<string, string[]>> {
  const sections = new Map<string, Map<string, string[]>>()
  let section = new Map<string, string[]>()
  for (const line of text.replaceAll(/\\\n\s*/g, '').split('\n')) {
    const named = /^\[(.+)\]$/.exec(line)?.[1]
    if (named !== undefined) {
      section = sections.get(named) ?? new Map<string, string[]>()
      sections.set(named, section)
    }
    const [, key, value] = /^([A-Za-z0-9]+)\s*=\s*(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined) continue
    section.set(key, value === '' ? [''] : [...(section.get(key) ?? []), value].filter((one) => one !== ''))
  }
  return sections
}

/** `key = value` lines (sysctl.d, chrony.conf with a space); the last one counts. */
export function settings(text: string, separator = /\s*=\s*/): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [key = '', ...value] = line.split(separator)
      return [key, value.join(' ')]
    }),
  )
}

export function onPath(tool: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, tool)).find((path) => existsSync(path)) ?? null
}

/** All that it said, and how it ended. */
export function runTool(tool: string, args: string[], environment: NodeJS.ProcessEnv = process.env) {
  const done = spawnSync(tool, args, { encoding: 'utf8', env: environment })
  return { code: done.status, out: done.stdout, said: `${done.stdout}${done.stderr}` }
}
