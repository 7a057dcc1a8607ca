import type { MessagePort } from 'node:worker_threads'

/** Electron's `MessagePortMain` around a port of Node: an emitter whose messages come as events. */
export class FakePort {
  readonly raw: MessagePort
  constructor(raw: MessagePort) {
    this.raw = raw
  }
  on(event: string, listener: (event?: { data: unknown; ports: FakePort[] }) => void): void {
    if (event === 'message') this.raw.on('message', (data: unknown) => listener({ data, ports: [] }))
    else this.raw.on('close', () => listener())
    // A port of Node begins by itself as soon as somebody listens; Electron's waits for start().
    if (event === 'message') this.raw.unref()
  }
  postMessage(data: unknown): void {
    this.raw.postMessage(data)
  }
  start(): void {
    this.raw.start()
    this.raw.ref()
  }
  close(): void {
    this.raw.close()
  }
}
