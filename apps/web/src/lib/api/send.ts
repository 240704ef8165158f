/** The server could not be reached; whether it handled the request is unknown. */
export class UnreachableError extends Error {
  override name = 'UnreachableError'
}

/** The server answered with an error. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  /** Seconds to wait, if the server said so. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** `fetch` that throws unless the response is ok. @throws {UnreachableError | ApiError} */
export const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  let response: Response
  try {
    response = await fetch(input, init)
  } catch (error) {
    throw new UnreachableError('The server could not be reached.', { cause: error })
  }
  const isJson = response.headers.get('content-type')?.includes('json') === true
  // A proxy in front of a dead server does not answer in JSON.
  if (!isJson) throw new UnreachableError(`The server answered ${String(response.status)} without JSON.`)
  if (!response.ok) throw toApiError(response, await response.json())
  return response
}

/** Our own errors are `{ error: { code, message } }`; better-auth's are `{ code, message }`. */
const toApiError = ({ status, headers }: Response, answer: unknown): ApiError => {
  const { error = answer } = (answer ?? {}) as { error?: unknown }
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return new ApiError(
    status,
    typeof code === 'string' ? code : 'unknown',
    typeof message === 'string' ? message : 'The server could not do this.',
    Number(headers.get('retry-after')) || undefined
  )
}
