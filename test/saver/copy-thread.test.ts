import { describe } from 'vitest'
import { memorySaver, sqliteSaver } from '../support/bare-savers.js'
import { describeCopyThread } from './copy-thread-cases.js'

describe('on MemorySaver', () => describeCopyThread(memorySaver))
describe('on SqliteSaver', () => describeCopyThread(sqliteSaver))
