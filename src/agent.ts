/** `langgraph-secret-safe/agent`: what a running graph calls, so that its model never sees a credential. */
export { type UseSecretOptions, useSecret } from './agent/use-secret.js'
