/**
 * What both sides of an enrolment write down alike. No cryptography here: kiosk and hub each compute
 * K = scrypt(the normalised code, `enrolmentKeySalt`, `enrolmentKeyCost`, 32 bytes) and HMAC-SHA256(K, text), hex in lower case.
 * scrypt, because a listener knows the code's first four characters and the text: the other forty bits must not fall in its fifteen minutes.
 */
export const enrolmentKeySalt = 'memuro-kiosk-enrol'
export const enrolmentKeyCost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

/** Crockford base32: no I, L, O, U, so that a code read aloud or from paper is typed right. */
export const enrolmentCodeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const enrolmentCodeLength = 12
const codeIdLength = 4

/** The twelve characters in upper case without separators, O read as 0 and I or L as 1; null when it cannot be a code. */
export function normaliseEnrolmentCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐‑–—−ー]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code) ? code : null
}

/** As people see it: `XXXX-XXXX-XXXX`. Takes a normalised code. */
export function showEnrolmentCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}

/** The part that is sent in clear and says which code is meant; the other eight characters are the secret. */
export function enrolmentCodeId(code: string): string {
  return code.slice(0, codeIdLength)
}

/** What the kiosk proves with. `certificateFingerprint` is the SHA-256 of the DER it saw, hex; empty on plain loopback. */
export function kioskEnrolText(parts: { publicKeyX: string; certificateFingerprint: string }): string {
  return `kiosk-enrol|${parts.publicKeyX}|${parts.certificateFingerprint}`
}

/** What the hub proves with. `tufRootSha256` is the hex SHA-256 of the UTF-8 bytes of `tufRoot` exactly as answered. */
export function hubEnrolText(parts: { publicKeyX: string; kioskId: string; tufRootSha256: string }): string {
  return `hub-enrol|${parts.publicKeyX}|${parts.kioskId}|${parts.tufRootSha256}`
}
