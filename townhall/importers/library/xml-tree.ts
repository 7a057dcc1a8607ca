/** Names without their prefix: every system writes another one. `whole`: its end was there. */
export type XmlElement = {
  name: string
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  text: string
  whole: boolean
}

const mostDepth = 60
const attributePattern = /([\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** Goes no further than the next mark: of marks alone none is looked at twice. */
const tagPattern = /<(\/?)(?:[\w.-]+:)?([\w.-]+)([^<>]*)>/y

/**
 * One record's XML as a tree under a root of no name. Never fails: an end that belongs to nothing is passed over, what is never ended is
 * not `whole`. No document type is read and no entity beyond XML's own five is expanded.
 */
export function parseXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '', whole: true }
  const open: XmlElement[] = [root]
  const inside = () => open.at(-1) ?? root
  for (let at = 0; at < xml.length; ) {
    const next = xml.indexOf('<', at)
    if (next !== at) {
      inside().text += unescaped(xml.slice(at, next === -1 ? xml.length : next))
      if (next === -1) break
      at = next
    }
    const passed = passOver(xml, at)
    if (passed !== null) {
      inside().text += passed.text
      at = passed.to
      continue
    }
    tagPattern.lastIndex = at
    const tag = tagPattern.exec(xml)
    // A mark that begins nothing is a letter that somebody forgot to write as one.
    if (tag === null) {
      inside().text += '<'
      at += 1
      continue
    }
    at = tagPattern.lastIndex
    const [, end, name = '', rest = ''] = tag
    if (end === '/') {
      const begun = open.findLastIndex((one) => one.name === name)
      const [ended] = begun > 0 ? open.splice(begun) : []
      if (ended !== undefined) ended.whole = true
      continue
    }
    const empty = rest.endsWith('/')
    const element: XmlElement = { name, attributes: attributesOf(rest), children: [], text: '', whole: empty }
    inside().children.push(element)
    if (!empty && open.length < mostDepth) open.push(element)
  }
  return root
}

/** Comments, instructions and document types say nothing; a CDATA section is text as it stands. */
function passOver(xml: string, at: number): { text: string; to: number } | null {
  for (const [start, end] of [
    ['<![CDATA[', ']]>'],
    ['<!--', '-->'],
    ['<?', '?>'],
    ['<!', '>'],
  ] as const) {
    if (!xml.startsWith(start, at)) continue
    const stop = xml.indexOf(end, at + start.length)
    const to = stop === -1 ? xml.length : stop + end.length
    return { text: start === '<![CDATA[' ? xml.slice(at + start.length, stop === -1 ? to : stop) : '', to }
  }
  return null
}

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(attributePattern)].map(([, , name = '', double, single]) => [
      name,
      unescaped(double ?? single ?? ''),
    ]),
  )

/** Every element of that name below it, in their order. */
export function allOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)])
}
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name)
export const textOf = (element: XmlElement | undefined): string => element?.text.replace(/\s+/g, ' ').trim() ?? ''

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
export function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, ten, hex, name) => {
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole
    const code = typeof ten === 'string' ? Number(ten) : Number.parseInt(String(hex), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
