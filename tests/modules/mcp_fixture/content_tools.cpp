// Tools that answer content, progress, log lines and notices.
#include <chrono>
#include <stdexcept>

#include "handlers.hpp"

namespace fixture {

using namespace dockerhub::sdk;
using std::chrono::milliseconds;

Status simple_text(Context& ctx) {
  ctx.text("This is a simple text response for testing.");
  return ctx.done();
}

Status image_content(Context& ctx) {
  ctx.image(kPng, "image/png");
  return ctx.done();
}

Status audio_content(Context& ctx) {
  ctx.audio(kWav, "audio/wav");
  return ctx.done();
}

Status embedded_resource(Context& ctx) {
  ctx.resource_text("test://embedded-resource", "text/plain",
                    "This is an embedded resource content.");
  return ctx.done();
}

Status multiple_content_types(Context& ctx) {
  ctx.text("Multiple content types test:");
  ctx.image(kPng, "image/png");
  ctx.resource_text("test://mixed-content-resource", "application/json",
                    R"({"test":"data","value":123})");
  return ctx.done();
}

Status with_progress(Context& ctx) {
  ctx.progress({0, 100, "percent", "", ""});
  if (const Status waited = ctx.pause(milliseconds(50)); !waited) return waited;
  ctx.progress({50, 100, "percent", "", ""});
  if (const Status waited = ctx.pause(milliseconds(50)); !waited) return waited;
  ctx.progress({100, 100, "percent", "", ""});
  ctx.text("Progress was told.");
  return ctx.done();
}

Status error_handling(Context& ctx) {
  return ctx.fail("ApiError", "This tool intentionally returns an error for testing");
}

Status any_arguments(Context& ctx) {
  ctx.text(Json(ctx.params().all()).text());
  return ctx.done();
}

Status with_logging(Context& ctx) {
  ctx.tell(Level::info, "Tool execution started");
  if (const Status waited = ctx.pause(milliseconds(50)); !waited) return waited;
  ctx.tell(Level::info, "Tool processing data");
  if (const Status waited = ctx.pause(milliseconds(50)); !waited) return waited;
  ctx.tell(Level::info, "Tool execution completed");
  ctx.text("Three lines were logged.");
  return ctx.done();
}

Status logging_tool(Context& ctx) {
  ctx.tell(Level::info, "A line of the logging tool");
  ctx.text("A line was logged, if you asked for lines.");
  return ctx.done();
}

Status reconnection(Context& ctx) {
  if (const Status waited = ctx.pause(milliseconds(100)); !waited) return waited;
  ctx.text("The result came after the stream was closed.");
  return ctx.done();
}

Status trigger_tool_change(Context& ctx) {
  if (const Status told = ctx.host().changed(Kind::action); !told) return told;
  ctx.text("The list of tools changed.");
  return ctx.done();
}

Status trigger_prompt_change(Context& ctx) {
  if (const Status told = ctx.host().changed(Kind::prompt); !told) return told;
  ctx.text("The list of prompts changed.");
  return ctx.done();
}

Status trigger_resource_change(Watched& watched, Context& ctx) {
  const auto uris = watched.all();
  for (const std::string& uri : uris) {
    if (const Status told = ctx.host().changed(Kind::resource, uri); !told) return told;
  }
  ctx.text("Told of " + std::to_string(uris.size()) + " watched resources.");
  return ctx.done();
}

Status greet(Context& ctx) {
  ctx.text("Hello, " + std::string(ctx.params().text("name")) + "!");
  return ctx.done();
}

Status take_long(Context& ctx) {
  return ctx.pause(milliseconds(3000));
}

Status slow_compute(Context& ctx) {
  const auto seconds = ctx.params().number("seconds");
  const milliseconds duration(static_cast<std::int64_t>(seconds * 1000));
  if (const Status waited = ctx.pause(duration); !waited) return waited;
  ctx.text("Computed.");
  return ctx.done();
}

// What a handler throws is the server's fault, which the protocol tells by an error and not by a result.
Status protocol_error_job(Context& ctx) {
  if (const Status waited = take_long(ctx); !waited) return waited;
  throw std::runtime_error("This job breaks down");
}

Status failing_job(Context& ctx) {
  if (const Status waited = take_long(ctx); !waited) return waited;
  return ctx.fail("ApiError", "This job always fails");
}

}  // namespace fixture
