/**
 * Must be imported before anything that declares a schema: the schema library decides while a schema is made whether it
 * may compile its checks with `new Function`, which the content security policy forbids.
 */
import { z } from 'zod'

z.config({ jitless: true })
