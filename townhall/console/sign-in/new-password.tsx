import { List, PasswordInput, Stack, Text } from '@mantine/core'
import { mdiCheckCircle, mdiCircleOutline } from '@mdi/js'
import { type PasswordFault, passwordFaults, passwordMinLength } from '../../../contract/staff-password.ts'
import { Icon } from '../ui/icon.tsx'

export type PasswordPair = { password: string; again: string }
const rules: { faults: PasswordFault[]; text: string }[] = [
  { faults: ['too-short', 'too-long'], text: `${passwordMinLength}文字以上（128文字まで）` },
  { faults: ['common'], text: 'よく使われる言葉や並びだけのものではない' },
  { faults: ['about-you'], text: '名前やメールアドレスだけのものではない' },
]

export function passwordReady(pair: PasswordPair, person: { name: string; email: string }): boolean {
  return passwordFaults(pair.password, person).length === 0 && pair.password === pair.again
}

/** A new password twice, with each rule marked as it is met. */
export function NewPassword(props: {
  value: PasswordPair
  person: { name: string; email: string }
  onChange: (value: PasswordPair) => void
}) {
  const { value, onChange } = props
  const faults = passwordFaults(value.password, props.person)
  const differs = value.again !== '' && value.again !== value.password
  const toggle = { 'aria-label': 'パスワードを見せる・かくす', tabIndex: 0 }
  return (
    <Stack gap="md">
      <PasswordInput
        label="新しいパスワード"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.password}
        aria-describedby="password-rules"
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
      <List id="password-rules" listStyleType="none" size="sm" spacing={2} aria-label="パスワードの決まり">
        {rules.map((rule) => {
          const met = value.password !== '' && !rule.faults.some((fault) => faults.includes(fault))
          return (
            <List.Item
              key={rule.text}
              c={met ? 'town.8' : 'dimmed'}
              icon={<Icon path={met ? mdiCheckCircle : mdiCircleOutline} size={18} />}
            >
              {rule.text}
              <Text span style={hidden}>
                {met ? '：できています' : '：まだです'}
              </Text>
            </List.Item>
          )
        })}
      </List>
      <PasswordInput
        label="新しいパスワード（もう一度）"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.again}
        error={differs ? '上のパスワードとちがいます。' : undefined}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
        visibilityToggleButtonProps={toggle}
      />
    </Stack>
  )
}
const hidden = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' } as const
