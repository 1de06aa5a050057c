import type { Attachment } from './generated/types.gen'
import { toProblem } from './problem'
import { noteRelease } from './release'
import { tokenAfterRefusal, tokenForRequest } from './session'

export const ATTACHMENT_SIZE_MAX_BYTES = 25 * 1024 * 1024
export const ATTACHMENTS_MAX = 10

/** Sends one file; an XMLHttpRequest, because fetch does not tell how far an upload has come. */
export async function uploadAttachment(
  file: File,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<Attachment> {
  const token = await tokenForRequest(options.signal)
  const answer = await send(file, token, options)
  if (answer.status !== 401 || token === null) return read(answer)
  return read(await send(file, await tokenAfterRefusal(token, options.signal), options))
}

function send(
  file: File,
  token: string | null,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    request.open('POST', `/api/v1/attachments?fileName=${encodeURIComponent(nameOf(file))}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => resolve(toResponse(request))
    request.onerror = () => reject(toProblem(new TypeError('The upload broke off'), undefined))
    request.onabort = () => reject(signal.reason)
    request.onloadend = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort)
    if (signal.aborted) reject(signal.reason)
    else request.send(file)
  })
}

function toResponse(request: XMLHttpRequest) {
  const headers = new Headers()
  for (const name of ['Retry-After', 'X-Release']) {
    const value = request.getResponseHeader(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(request.responseText || null, { status: request.status, headers })
}

async function read(response: Response): Promise<Attachment> {
  noteRelease(response)
  const body: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw toProblem(body, response)
  return body as Attachment
}

/** A pasted picture is always called image.png; the time tells several apart. */
function nameOf(file: File) {
  if (file.name !== 'image.png') return file.name || 'file'
  return `pasted-${new Date(file.lastModified).toISOString().slice(0, 19).replaceAll(':', '-')}.png`
}
