/** What the server says when it refuses (RFC 9457), or what stopped the request on its way. */
export type ProblemKind = 'refused' | 'offline' | 'unavailable'

export interface FieldProblem {
  field: string
  code: string
  message: string
}

interface ProblemDocument {
  type?: string
  status?: number
  requestId?: string
  errors?: FieldProblem[]
}

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly kind: ProblemKind
  /** The last part of the problem's type: `ticket-closed` for `/problems/ticket-closed`. */
  readonly slug: string
  readonly status: number
  readonly requestId: string | undefined
  readonly fields: readonly FieldProblem[]
  readonly retryAfterSeconds: number | undefined
  /** The whole document, for the few problems that carry more (`newerMessages`). */
  readonly document: Readonly<Record<string, unknown>>

  constructor(init: {
    kind: ProblemKind
    slug: string
    status?: number
    retryAfterSeconds?: number
    document?: Record<string, unknown>
  }) {
    super(init.slug)
    const document = (init.document ?? {}) as ProblemDocument & Record<string, unknown>
    this.kind = init.kind
    this.slug = init.slug
    this.status = init.status ?? 0
    this.requestId = document.requestId
    this.fields = Array.isArray(document.errors) ? document.errors : []
    this.retryAfterSeconds = init.retryAfterSeconds
    this.document = document
  }

  /** True where sending the same request again, with the same key, can succeed. */
  get isRetryable() {
    return this.kind !== 'refused' || this.status === 429 || this.slug === 'request-in-progress'
  }
}

export function isProblem(error: unknown, ...slugs: string[]): error is ApiProblem {
  return error instanceof ApiProblem && (slugs.length === 0 || slugs.includes(error.slug))
}

export const offlineProblem = () => new ApiProblem({ kind: 'offline', slug: 'offline' })

/** Turns what fetch gave us into a problem; clients switch on `slug`, never on text. */
export function toProblem(error: unknown, response: Response | undefined): unknown {
  if (error instanceof ApiProblem) return error
  // An aborted request is nobody's problem: TanStack Query expects to see the abort itself.
  if (error instanceof DOMException && error.name === 'AbortError') return error
  if (!response) return error instanceof TypeError ? offlineProblem() : error

  const document = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {}
  const type = typeof document.type === 'string' ? document.type : ''
  const slug = type.startsWith('/problems/') ? type.slice('/problems/'.length) : ''
  return new ApiProblem({
    kind: response.status >= 500 ? 'unavailable' : 'refused',
    slug,
    status: response.status,
    retryAfterSeconds: retryAfterSecondsOf(response),
    document,
  })
}

function retryAfterSecondsOf(response: Response) {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}
