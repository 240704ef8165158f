import { vValidator } from '@hono/valibot-validator'
import type { GenericSchema } from 'valibot'
import { ApiError } from './api-error.ts'

/** A request's JSON body, checked; what is wrong with it is said in the error. */
export const validatedJson = <S extends GenericSchema>(schema: S) =>
  vValidator('json', schema, result => {
    if (result.success) return
    const [issue] = result.issues
    const path = issue.path?.map(part => String(part.key)).join('.')
    throw new ApiError(400, 'bad-input', path ? `${path}: ${issue.message}` : issue.message)
  })
