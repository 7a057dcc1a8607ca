import type { ContractRouterClient } from '@orpc/contract'
import type { BridgeContract } from '../../contract/bridge.ts'

/** Calls between the screen and its kiosk. The contract is a type here: its schemas would cost the visitor 96 kB, and the kiosk checks. */
export type Bridge = ContractRouterClient<BridgeContract>

/** One life of the line to the kiosk. `ended` settles when it is gone; then another is made. */
export type BridgeLine = { bridge: Bridge; ended: Promise<void>; close(): void }
