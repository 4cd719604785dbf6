export { keepSite } from './keep-site.ts';
export { eraseViews, viewOf } from './last-view.ts';
