import { argon2Sync } from 'node:crypto'
import { expect, it } from 'vitest'
import { hashPin, isPinHash, pinFits } from './pin-hash.ts'

it('takes the PIN it was made of and no other, and never makes the same twice', async () => {
  const hash = await hashPin('582914')
  expect(isPinHash(hash)).toBe(true)
  expect(await pinFits('582914', hash)).toBe(true)
  expect(await pinFits('582915', hash)).toBe(false)
  expect(await hashPin('582914')).not.toBe(hash)
})

it('is the argon2id of others: what Node makes of the same PIN', async () => {
  const nonce = Buffer.from('0123456789abcdef')
  const key = argon2Sync('argon2id', {
    message: '582914',
    nonce,
    parallelism: 1,
    tagLength: 32,
    memory: 1_024,
    passes: 3,
  })
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  expect(await pinFits('582914', `$argon2id$v=19$m=1024,t=3,p=1$${bare(nonce)}$${bare(key)}`)).toBe(true)
})

it.each(['', '582914', '$argon2id$v=19$m=19456,t=2,p=1$$', '$2b$10$abcdefghijklmnopqrstuv'])(
  'what is no hash opens nothing: %j',
  async (hash) => {
    expect(isPinHash(hash)).toBe(false)
    expect(await pinFits('582914', hash)).toBe(false)
  },
)
