// The thread that plays Electron's utility process: `process.parentPort` as Electron gives it, then the entry itself.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { FakePort } from './fake-port.ts'

type Envelope = { message: unknown; ports: MessagePort[] }

if (parentPort === null) throw new Error('this file is the start of a thread')
const line = parentPort
Object.defineProperty(process, 'parentPort', {
  value: {
    on: (_event: 'message', listener: (event: { data: unknown; ports: FakePort[] }) => void) =>
      line.on('message', ({ message, ports }: Envelope) =>
        listener({ data: message, ports: ports.map((port) => new FakePort(port)) }),
      ),
    postMessage: (message: unknown) => line.postMessage(message),
  },
})
await import(String(workerData))
