import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'

type Props = {
  name: string
  className: string
  label?: string
  disabled?: boolean
  children?: ReactNode
  onPress(): void
}

/** A key of a pad: unlike what visitors touch it takes the same again at once, as 55 needs it. */
export function Key({ name, className, label, disabled, children, onPress }: Props) {
  return (
    <Button
      className={className}
      data-name={name}
      {...(label === undefined ? {} : { 'aria-label': label })}
      isDisabled={disabled ?? false}
      onPress={onPress}
    >
      {children}
    </Button>
  )
}
