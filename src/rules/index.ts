import type { Rule } from '../detect/types.js'
import { cloud } from './cloud/index.js'
import { devtools } from './devtools/index.js'
import { formats } from './formats/index.js'
import { models } from './models/index.js'
import { services } from './services/index.js'

/** The stock rule pack: what agents hold first, then clouds and services, then formats that any provider may use. */
export const stockRules: readonly Rule[] = [...models, ...cloud, ...devtools, ...services, ...formats]
