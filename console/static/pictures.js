// Shrinks pictures before they are uploaded.
"use strict";
(() => {
  // <input type="file" data-shrink="1600">: a larger picture is redrawn, at most so wide and high,
  // upright, and without the camera's metadata, such as the location.
  document.addEventListener("change", async (event) => {
    const field = event.target, most = Number(field.dataset && field.dataset.shrink);
    if (!most || !field.files[0]) return;
    const picture = await createImageBitmap(field.files[0], { imageOrientation: "from-image" }).catch(() => null);
    if (!picture) return;
    const scale = Math.min(1, most / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob) return;
    const files = new DataTransfer();
    files.items.add(new File([blob], "picture.jpg", { type: "image/jpeg" }));
    field.files = files.files;
  });
})();
