import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type Fact = { key: string; icon: string; label: string; value: ReactNode }

/** What is known of a thing, a row each; nothing at all where nothing is known. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div className="fact" key={fact.key}>
          <dt>
            <Icon path={fact.icon} className="icon fact-icon" />
            {fact.label}
          </dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
