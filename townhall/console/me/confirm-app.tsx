import { Button, Code, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import QRCode from 'qrcode'
import { useState } from 'react'
import { auth } from '../api/auth.ts'
import { Failure } from '../ui/page.tsx'
import { useSubmit } from '../ui/submit.ts'

/** The QR code for the app, its key in letters for those who type it, and the first six digits as the proof. */
export function ConfirmApp(props: { totpURI: string; onBack: () => void; onConfirmed: () => Promise<void> }) {
  const [code, setCode] = useState('')
  const picture = useQuery({
    queryKey: ['qr', props.totpURI],
    queryFn: () => QRCode.toString(props.totpURI, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const form = useSubmit(async () => {
    await auth.verifyTotp(code.normalize('NFKC').replace(/\s/g, ''))
    await props.onConfirmed()
  })
  const secret = new URL(props.totpURI).searchParams.get('secret') ?? ''
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <Text size="sm">1. スマートフォンの認証アプリで、この図を読み取ります。</Text>
        {picture.data ? (
          <img
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.data)}`}
            alt="認証アプリで読み取るQRコード"
            width={240}
            height={240}
            style={{ alignSelf: 'center', border: '1px solid var(--line)', borderRadius: 8 }}
          />
        ) : (
          <Skeleton width={240} height={240} style={{ alignSelf: 'center' }} />
        )}
        <Text size="sm">
          読み取れないときは、この鍵を手で入れます。
          <Code block mt={4} fz="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {secret.match(/.{1,4}/g)?.join(' ')}
          </Code>
        </Text>
        <TextInput
          label="2. アプリに出た6けたの数字を入れてください"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {form.error !== null && <Failure error={form.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onBack}>
            やめる
          </Button>
          <Button type="submit" loading={form.busy}>
            確かめる
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
