/** What a browser says of its failure may name the page; where a visitor was is kept nowhere. */
export function withoutAddresses(text: string): string {
  return text.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]*|\b(?:data|blob|about|javascript):[^\s"'<>)]+/gi, '…')
}
