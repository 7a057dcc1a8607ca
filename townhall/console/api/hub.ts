import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { hubContract } from '../../../contract/hub-api.ts'

/** The hub's API under the address that served this page; the session cookie goes along by itself. */
export const hub: JsonifiedClient<ContractRouterClient<typeof hubContract>> = createORPCClient(
  new OpenAPILink(hubContract, { url: new URL('/api/v1', window.location.origin).href }),
)
