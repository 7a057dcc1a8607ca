import { notifications } from '@mantine/notifications'
import { wordsFor } from '../api/words.ts'

export function tellDone(message: string): void {
  notifications.show({ message, color: 'town', closeButtonProps: { 'aria-label': '閉じる' } })
}

export function tellFailure(error: unknown): void {
  notifications.show({
    title: 'できませんでした',
    message: wordsFor(error),
    color: 'red',
    autoClose: 15_000,
    closeButtonProps: { 'aria-label': '閉じる' },
  })
}
