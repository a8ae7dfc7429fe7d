import { createDetector } from 'langgraph-secret-safe/detect'

/** Called where neither Node's globals nor its modules are. */
globalThis.scan = (text) => createDetector().scanText(text)
