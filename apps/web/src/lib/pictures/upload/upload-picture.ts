import { send } from '#lib/api/send.ts'
import type { NamedPicture } from '#lib/pictures/store/picture-store.ts'

/** Uploads both sizes of a picture. Idempotent. @throws {ApiError | UnreachableError} */
export const uploadPicture = async (picture: NamedPicture): Promise<void> => {
  const { sha256, workspaceId, image, thumbnail } = picture
  await put(`${sha256}?workspace=${workspaceId}`, image)
  await put(`${sha256}/thumbnail?workspace=${workspaceId}`, thumbnail)
}

const put = (path: string, body: Blob) =>
  send(`/api/uploads/${path}`, { method: 'PUT', body, headers: { 'content-type': body.type } })
