import type { HandleClientError } from '@sveltejs/kit/hooks';
import { ApiFailure } from '#lib/api/failure.ts';

/** What went wrong stays in the browser's console, without personal data; the page shows the code alone. */
export const handleError: HandleClientError = ({ error }) => (error instanceof ApiFailure ? { code: error.code } : {});
