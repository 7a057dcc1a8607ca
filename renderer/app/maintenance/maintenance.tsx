import './maintenance.css'
import { useCallback, useState } from 'react'
import type { KioskLine } from '../../state/kiosk-line.ts'
import { PinPad } from './pin-pad.tsx'
import { type Service, ServiceContext } from './service-context.ts'
import { ServiceScreen } from './service-screen.tsx'
import { type ServiceLanguage, serviceWords } from './words.ts'

/** In place of the visitors' screen: the PIN first, then what it opens. Closing it leads back to the first screen. */
export function Maintenance({ line, onClose }: { line: KioskLine; onClose(): void }) {
  const [language, setLanguage] = useState<ServiceLanguage>('ja')
  const [token, setToken] = useState<string | null>(null)
  const words = serviceWords[language]
  const ask = useCallback<Service['ask']>(
    (call) => {
      const calls = line.maintenance()
      return calls ? call(calls) : Promise.reject(new Error('lost'))
    },
    [line],
  )
  return (
    <ServiceContext value={{ words, ask, token: token ?? '' }}>
      <main className="service" lang={language}>
        {token === null ? (
          <PinPad onOpened={setToken} onClose={onClose} />
        ) : (
          <ServiceScreen onLanguage={() => setLanguage(language === 'ja' ? 'en' : 'ja')} onClose={onClose} />
        )}
      </main>
    </ServiceContext>
  )
}
