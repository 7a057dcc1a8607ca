import { createContext, useContext } from 'react'
import type { Bridge } from '../../bridge/bridge.ts'
import { type ServiceWords, serviceWords } from './words.ts'

type ServiceCalls = Bridge['maintenance']
export type Service = {
  words: ServiceWords
  token: string
  /** Rejects with `lost` where the kiosk process is away. */
  ask<T>(call: (calls: ServiceCalls) => Promise<T>): Promise<T>
}

/** What every part of the opened service screen uses. */
export const ServiceContext = createContext<Service>({
  words: serviceWords.ja,
  token: '',
  ask: () => Promise.reject(new Error('lost')),
})
export const useService = (): Service => useContext(ServiceContext)

/** The stable code of a refused call; null for what is none. */
export function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}
