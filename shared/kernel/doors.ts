/** One Cognito user pool per role; the door decides the path. */
export const DOORS = ['pupil', 'guardian', 'teacher', 'staff', 'authority'] as const;
