import { memorySaver, sqliteSaver } from '../support/bare-savers.js'
import { describeAdoptedThread } from './adopted-thread.js'

describeAdoptedThread('MemorySaver', memorySaver)
describeAdoptedThread('SqliteSaver', sqliteSaver)
