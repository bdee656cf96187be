/** Why a picture or a video cannot be taken or used. `message` is one sentence for the person who brought it. */
export interface MediaProblem {
  code: MediaProblemCode;
  message: string;
}

export type MediaProblemCode =
  | 'interrupted' | 'empty' | 'too_large' | 'not_a_picture' | 'unsupported' | 'too_many_pixels' | 'too_many_frames' | 'damaged'
  | 'missing' | 'ratio' | 'does_not_fit' | 'no_space' | 'no_video' | 'too_long';

/** Refusals of this room are values; what it throws is a bug or a broken disk. */
export function isProblem(value: object): value is MediaProblem {
  return 'code' in value && 'message' in value;
}

export function problem(code: MediaProblemCode, message: string): MediaProblem {
  return { code, message };
}
