import { vValidator } from '@hono/valibot-validator'
import type { GenericSchema } from 'valibot'
import { ApiError } from './api-error.ts'
import { readJson } from './body.ts'

/**
 * Reads and validates a JSON body. Comes after authentication, so that no body of an unauthorized
 * client is read.
 */
export const validatedJson = <S extends GenericSchema>(schema: S) => {
  const validate = vValidator('json', schema, result => {
    if (result.success) return
    const [issue] = result.issues
    const path = issue.path?.map(part => String(part.key)).join('.')
    throw new ApiError(400, 'bad-input', path ? `${path}: ${issue.message}` : issue.message)
  })
  const handler = async (c: Parameters<typeof validate>[0], next: Parameters<typeof validate>[1]) => {
    c.req.raw = (await readJson(c.req.raw)).request
    return validate(c, next)
  }
  return handler as typeof validate
}
