import { resolve } from 'node:path'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { KioskError } from '../../contract/error-codes.ts'

/** What every host is started with, and hands on to the kiosk process. Paths are absolute. */
export type KioskArguments = {
  config: string
  data: string
  release0: string
  screen: string
  port: number
  hub?: string
  code?: string
  /** Holds the PIN of the service screen; a path only, since a command line can be read by everybody on the machine. */
  'pin-file'?: string
}

const text = { type: 'string' } as const
const options = {
  config: text,
  data: text,
  release0: text,
  screen: text,
  port: { ...text, default: '0' },
  hub: text,
  code: text,
  'pin-file': text,
}

/** @param more what this entry takes beside. @throws KioskError `bad-arguments` */
export function readKioskArguments(argv: string[], more: ParseArgsOptionsConfig = {}) {
  const values = parse(argv, more)
  const need = (name: 'config' | 'data' | 'release0' | 'screen') => {
    const value = values[name]
    if (typeof value !== 'string' || value === '') throw new KioskError('bad-arguments', `--${name} is missing`)
    return resolve(value)
  }
  const optional = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new KioskError('bad-arguments', `--port is a number from 0 to 65535, not "${values.port}"`)
  const kiosk: KioskArguments = {
    config: need('config'),
    data: need('data'),
    release0: need('release0'),
    screen: need('screen'),
    port,
    hub: optional(values.hub),
    code: optional(values.code),
    'pin-file': optional(values['pin-file']),
  }
  return { kiosk, values }
}

function parse(argv: string[], more: ParseArgsOptionsConfig): Record<string, unknown> {
  try {
    return parseArgs({ args: argv, options: { ...options, ...more } }).values
  } catch (error) {
    throw new KioskError('bad-arguments', error instanceof Error ? error.message : String(error))
  }
}

/** The same again as a command line. */
export function writeKioskArguments(kiosk: KioskArguments): string[] {
  return Object.entries(kiosk).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]))
}
