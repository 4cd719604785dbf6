// Runs at the CDN, in CloudFront's own JavaScript, before the cache: a path that names no file is a page of the one
// shell, which finds its way in the browser. In place of error responses, which would turn an API's 404 into HTML.
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var request = event.request;
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
