import { Alert, SimpleGrid, Stack } from '@mantine/core'
import { mdiShieldAlertOutline } from '@mdi/js'
import { roleNamesJa } from '../../../contract/hub-api.ts'
import { useMe } from '../api/queries.ts'
import { Icon } from '../ui/icon.tsx'
import { Card, Page } from '../ui/page.tsx'
import { ChangePassword } from './change-password.tsx'
import { Sessions } from './sessions.tsx'
import { TwoFactor } from './two-factor.tsx'

export function MePage() {
  const me = useMe()
  if (!me) return null
  return (
    <Page title="わたしの設定" lead={`${me.name}（${roleNamesJa[me.role]}）、${me.email}`}>
      {me.role === 'administrator' && !me.twoFactor && (
        <Alert
          color="yellow"
          variant="light"
          c="dark"
          icon={<Icon path={mdiShieldAlertOutline} size={24} />}
          title="2段階認証を始めてください"
          styles={{ title: { color: '#1a1a1c' }, icon: { color: '#7a4100' } }}
        >
          管理の職員は、パスワードだけでは入れないようにしてください。スマートフォンの認証アプリで、2分ほどでできます。
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Stack>
          <Card title="2段階認証">
            <TwoFactor me={me} />
          </Card>
        </Stack>
        <Card title="パスワード">
          <ChangePassword me={me} />
        </Card>
      </SimpleGrid>
      <Card title="サインインしている場所">
        <Sessions />
      </Card>
    </Page>
  )
}
