import type { Attachment, Place } from './types';
import { T, at } from './calls';
import { ask, client } from './client';
import { Problem, problemFrom } from './problem';

const of = (place: Place, attachment: string) => ({ params: { path: { ...at(place).params.path, attachment } } });

export const getAttachments = (place: Place) => ask(client.GET(`${T}/attachments`, at(place)));
export const getAttachment = (place: Place, id: string) =>
  ask(client.GET(`${T}/attachments/{attachment}`, of(place, id)));
export const withdrawAttachment = (place: Place, id: string) =>
  ask(client.POST(`${T}/attachments/{attachment}/withdrawal`, { ...of(place, id), body: {} }));

const address = (place: Place) => `/api/cases/${place.case}/threads/${place.thread}/attachments`;

/** Where a browser finds its bytes. */
export const fileAddress = (place: Place, id: string, what: 'file' | 'thumbnail') => `${address(place)}/${id}/${what}`;

export interface NewFile {
  id: string;
  file: File;
  caption: string;
  circle: number;
}

/** Half a minute without a byte on its way is a bus in a tunnel; a large photo on a weak line may take its time. */
const SILENCE_MS = 30_000;
const CHECKING_MS = 150_000;

/**
 * Sends a file; `onprogress` is told how much of it (0 to 1) has left. Only XMLHttpRequest tells that. What is given up
 * before all of it has left is not shared.
 */
export function sendFile(
  place: Place,
  sent: NewFile,
  onprogress: (part: number) => void,
  givenUp: AbortSignal
): Promise<Attachment> {
  const request = new XMLHttpRequest();
  givenUp.addEventListener('abort', () => request.abort());
  const silence = new Silence(() => request.abort());
  request.upload.onprogress = ({ loaded, total }) => {
    silence.lasts(SILENCE_MS);
    onprogress(total ? loaded / total : 0);
  };
  request.upload.onload = () => silence.lasts(CHECKING_MS);
  return new Promise((done, fail) => {
    request.onloadend = () => {
      silence.ends();
      if (request.status === 201) done(request.response as Attachment);
      else fail(problemOf(request));
    };
    silence.lasts(SILENCE_MS);
    post(request, place, sent);
  });
}

class Silence {
  private timer?: ReturnType<typeof setTimeout>;

  constructor(private ontoolong: () => void) {}

  /** From now on, this long is too long. */
  lasts(patience: number): void {
    this.ends();
    this.timer = setTimeout(this.ontoolong, patience);
  }

  ends(): void {
    clearTimeout(this.timer);
  }
}

function post(request: XMLHttpRequest, place: Place, { id, file, caption, circle }: NewFile): void {
  request.open('POST', `${address(place)}?${new URLSearchParams({ id, circle: String(circle) })}`);
  request.responseType = 'json';
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('Accept-Language', document.documentElement.lang);
  // What stands in an address is written down on the way; what people say is not for that.
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
  request.setRequestHeader('X-File-Caption', encodeURIComponent(caption));
  request.send(file);
}

function problemOf(request: XMLHttpRequest): Problem {
  if (request.status === 0) return new Problem('offline');
  const problem = problemFrom(request.status, request.response);
  // A proxy in between has a limit of its own, and knows nothing of texts.
  return problem.code === 'too_large' ? new Problem('file_too_big', 413) : problem;
}
