// The fixture module of the MCP conformance suite: one row for each tool, resource and prompt that
// the suite calls. It uses nothing but the public SDK.
#include "handlers.hpp"

namespace {

using namespace dockerhub::sdk;

constexpr std::string_view kSchema2020 = R"({
"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
"$defs":{"address":{"$anchor":"addressDef","type":"object",
"properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
"properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
"contactMethod":{"type":"string","enum":["phone","email"]},
"phone":{"type":"string"},"email":{"type":"string"}},
"allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
"then":{"required":["phone"]},"else":{"required":["email"]},
"additionalProperties":false})";

constexpr std::string_view kHeaderSchema = R"({"type":"object",
"properties":{"region":{"type":"string","description":"Region to use","x-mcp-header":"Region"}},
"required":["region"],"additionalProperties":false})";

// A tool under the name that the suite calls.
template <typename Work>
constexpr Action<Work> suite_tool(std::string_view name, std::string_view summary, Work work,
                                  std::initializer_list<Parameter> parameters = {}) {
  Action<Work> row = action(name, dockerhub::sdk::read, summary, work, parameters);
  row.verbose(name);
  return row;
}

Status watch_uri(fixture::Watched& watched, Context& ctx, std::string_view uri, bool on) {
  watched.set(uri, on);
  return ctx.done();
}

constexpr auto prompt_text = string("prompt", "Text for the model").required();
constexpr auto message_text = string("message", "What to ask the user").required();
constexpr auto person = string("name", "Whom to greet").required();
constexpr auto seconds = number("seconds", "How long it takes").min(0).max(60).defaults(1);
constexpr auto label = string("label", "Tells calls apart");
constexpr auto filename = string("filename", "Name of what is deleted").defaults("example.txt");
constexpr auto region = string("region", "Region to use").required();

}  // namespace

DOCKERHUB_MODULE(
    module("mcp_fixture", "1.0.0")
        .title("MCP fixture")
        .describe("What the MCP conformance suite calls.")
        .needs("ask/1", "log/1", "emit/1"),
    instance<fixture::Watched>(),
    // Both eras.
    suite_tool("test_simple_text", "Answers a text", call(fixture::simple_text)),
    suite_tool("test_image_content", "Answers an image", call(fixture::image_content)),
    suite_tool("test_audio_content", "Answers a sound", call(fixture::audio_content)),
    suite_tool("test_embedded_resource", "Answers a resource", call(fixture::embedded_resource)),
    suite_tool("test_multiple_content_types", "Answers a text, an image and a resource",
               call(fixture::multiple_content_types)),
    suite_tool("test_tool_with_progress", "Tells its progress", call(fixture::with_progress)),
    suite_tool("test_error_handling", "Fails", call(fixture::error_handling)),
    suite_tool("json_schema_2020_12_tool", "Has a schema with the words of 2020-12",
               call(fixture::any_arguments),
               {string("name", "Name"), object("address", "Address"),
                string("contactMethod", "How to reach").choices("phone", "email"),
                string("phone", "Number"), string("email", "Address for mail")})
        .schema(kSchema2020),
    suite_tool("test_x_mcp_header", "Has an argument that is mirrored in a header",
               call(fixture::any_arguments), {region})
        .schema(kHeaderSchema),
    // Legacy era.
    suite_tool("test_tool_with_logging", "Logs three lines", call(fixture::with_logging)),
    suite_tool("test_sampling", "Asks the model", call(fixture::sampling), {prompt_text}),
    suite_tool("test_elicitation", "Asks the user", call(fixture::elicitation), {message_text}),
    suite_tool("test_elicitation_sep1034_defaults", "Asks with defaults",
               call(fixture::elicitation_defaults)),
    suite_tool("test_elicitation_sep1330_enums", "Asks with choices",
               call(fixture::elicitation_enums)),
    suite_tool("test_reconnection", "Answers after a while", call(fixture::reconnection)),
    // Modern era.
    suite_tool("test_missing_capability", "Needs sampling", call(fixture::missing_capability)),
    suite_tool("test_streaming_elicitation", "Asks between two steps",
               call(fixture::streaming_elicitation)),
    suite_tool("test_logging_tool", "Logs a line", call(fixture::logging_tool)),
    suite_tool("test_trigger_tool_change", "Tells that the tools changed",
               call(fixture::trigger_tool_change)),
    suite_tool("test_trigger_prompt_change", "Tells that the prompts changed",
               call(fixture::trigger_prompt_change)),
    suite_tool("test_trigger_resource_change", "Tells that watched resources changed",
               call(fixture::trigger_resource_change)),
    suite_tool("test_input_required_result_elicitation", "Asks for a name",
               call(fixture::asks_name)),
    suite_tool("test_input_required_result_sampling", "Asks the model for a capital",
               call(fixture::asks_model)),
    suite_tool("test_input_required_result_list_roots", "Asks for the roots",
               call(fixture::asks_roots)),
    suite_tool("test_input_required_result_request_state", "Asks and keeps state",
               call(fixture::asks_with_state)),
    suite_tool("test_input_required_result_multiple_inputs", "Asks three things at once",
               call(fixture::asks_several)),
    suite_tool("test_input_required_result_multi_round", "Asks twice",
               call(fixture::asks_in_rounds)),
    suite_tool("test_input_required_result_tampered_state", "Asks and keeps state that is sealed",
               call(fixture::asks_with_state)),
    suite_tool("test_input_required_result_capabilities", "Asks what the client can answer",
               call(fixture::asks_what_is_declared)),
    // Tasks.
    suite_tool("greet", "Greets", call(fixture::greet), {person}),
    suite_tool("slow_compute", "Takes seconds", call(fixture::slow_compute), {seconds, label}),
    suite_tool("failing_job", "Fails", call(fixture::failing_job)),
    suite_tool("protocol_error_job", "Breaks down", call(fixture::protocol_error_job)),
    action("confirm_delete", dockerhub::sdk::write, "Asks before it pretends to delete",
           call(fixture::confirm_delete), {filename})
        .verbose("confirm_delete"),
    suite_tool("multi_input", "Asks two things at once", call(fixture::asks_twice_as_task)),
    suite_tool("test_tool_with_task", "Asks, and then takes long", call(fixture::asks_before_task)),
    resource("test://static-text", "Static text", "A text that stays the same", "text/plain",
             call(fixture::static_text)),
    resource("test://static-binary", "Static image", "An image that stays the same", "image/png",
             call(fixture::static_binary)),
    resource(fixture::kWatchedUri, "Watched resource", "Can be subscribed to", "text/plain",
             call(fixture::watched_resource)),
    resource_template("test://template/{id}/data", "Data by number", "JSON made for an id",
                      "application/json", call(fixture::template_data)),
    prompt("test_simple_prompt", "One message", call(fixture::simple_prompt)),
    prompt("test_prompt_with_arguments", "Repeats its arguments",
           call(fixture::prompt_with_arguments),
           {argument("arg1", "First").required(), argument("arg2", "Second").required()}),
    prompt("test_prompt_with_embedded_resource", "Embeds a resource",
           call(fixture::prompt_with_resource),
           {argument("resourceUri", "URI of the resource").required()}),
    prompt("test_prompt_with_image", "Embeds an image", call(fixture::prompt_with_image)),
    prompt("test_input_required_result_prompt", "Asks for its context",
           call(fixture::context_prompt)),
    completion(call(fixture::complete)), watch(watch_uri))
