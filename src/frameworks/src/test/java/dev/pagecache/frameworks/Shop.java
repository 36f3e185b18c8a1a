package dev.pagecache.frameworks;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.bind.support.SessionStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The pages of a small shop, each in one of the ways in which Spring MVC lets an application read a request. */
final class Shop {
    private Shop() {}

    record Product(int id, String name) {}

    record Words(String words) {}

    /** What a visitor looks for. */
    static class Query {
        private String words = "";

        public String getWords() {
            return words;
        }

        public void setWords(String words) {
            this.words = words;
        }
    }

    /** How often each page was rendered. */
    static final class Renders {
        private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

        int next(String page) {
            return counts.computeIfAbsent(page, name -> new AtomicInteger()).incrementAndGet();
        }
    }

    /** Pages that are the same for everybody. */
    @Controller
    static class Pages {
        private final Renders renders;

        Pages(Renders renders) {
            this.renders = renders;
        }

        @GetMapping("/")
        String home(Model model) {
            model.addAttribute("products", List.of(new Product(1, "Tea"), new Product(2, "Coffee")));
            model.addAttribute("render", renders.next("home"));
            return "home";
        }

        @GetMapping("/products/{id}")
        String product(@PathVariable("id") int id, Model model) {
            if (id > 100) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
            model.addAttribute("product", new Product(id, "Tea " + id));
            model.addAttribute("render", renders.next("product"));
            return "product";
        }

        @GetMapping("/search")
        String search(@RequestParam("q") String words, Model model) {
            model.addAttribute("product", new Product(0, words));
            model.addAttribute("render", renders.next("search"));
            return "product";
        }

        @GetMapping("/plain")
        View plain() {
            int render = renders.next("plain");
            return (model, request, response) -> response.getWriter().write("render " + render);
        }

        @GetMapping("/model")
        ModelAndView model() {
            return new ModelAndView(plain(), "now", "then");
        }

        @GetMapping("/old")
        String old() {
            renders.next("old");
            return "redirect:/products/1";
        }

        @GetMapping("/language")
        @ResponseBody
        String language(Locale locale) {
            return "render " + renders.next("language") + " in " + locale;
        }

        @GetMapping("/plan")
        @ResponseBody
        String plan(@RequestHeader(name = "X-Plan", defaultValue = "basic") String plan) {
            return "render " + renders.next("plan") + " of " + plan;
        }

        @GetMapping("/price")
        @ResponseBody
        String price(@CookieValue(name = "currency", defaultValue = "EUR") String currency) {
            return "render " + renders.next("price") + " in " + currency;
        }

        @GetMapping("/link")
        @ResponseBody
        String link() {
            renders.next("link");
            return ServletUriComponentsBuilder.fromCurrentRequest().toUriString();
        }

        @GetMapping("/address")
        @ResponseBody
        String address(HttpServletRequest request) {
            return "render " + renders.next("address") + " for " + request.getRemoteAddr();
        }

        @GetMapping("/callable")
        @ResponseBody
        Callable<String> callable() {
            int render = renders.next("callable");
            return () -> "render " + render;
        }

        @GetMapping("/deferred")
        @ResponseBody
        DeferredResult<String> deferred() {
            DeferredResult<String> result = new DeferredResult<>();
            int render = renders.next("deferred");
            new Thread(() -> result.setResult("render " + render)).start();
            return result;
        }
    }

    /** Data for programs. */
    @RestController
    static class Data {
        private final Renders renders;

        Data(Renders renders) {
            this.renders = renders;
        }

        @GetMapping("/api/products")
        List<Product> products() {
            renders.next("api");
            return List.of(new Product(1, "Tea"), new Product(2, "Coffee"));
        }

        @GetMapping("/api/products/{id}")
        ResponseEntity<Product> product(@PathVariable("id") int id) {
            return ResponseEntity.ok().eTag("\"v1\"").body(new Product(id, "Tea"));
        }

        @CrossOrigin
        @GetMapping("/api/open")
        Map<String, Integer> open() {
            return Map.of("render", renders.next("open"));
        }
    }

    /** A basket that Spring keeps in the session. */
    static class Basket {
        private String owner = "nobody";

        String owner() {
            return owner;
        }

        void take(String name) {
            owner = name;
        }
    }

    /** Pages that are one visitor's. */
    @Controller
    static class Personal {
        private final Renders renders;
        private final Basket basket;

        Personal(Renders renders, Basket basket) {
            this.renders = renders;
            this.basket = basket;
        }

        @GetMapping("/cart")
        @ResponseBody
        String cart(HttpSession session) {
            return "render " + renders.next("cart") + " of cart " + session.getId();
        }

        @GetMapping("/basket")
        @ResponseBody
        String basket() {
            return "render " + renders.next("basket") + " of " + basket.owner();
        }

        @PostMapping("/basket")
        @ResponseBody
        String basket(@RequestParam("name") String name) {
            basket.take(name);
            return "taken";
        }

        @PostMapping("/order")
        String order(@RequestParam("name") String name, RedirectAttributes attributes) {
            attributes.addFlashAttribute("thanks", "Thank you, " + name);
            return "redirect:/ordered";
        }

        @GetMapping("/ordered")
        @ResponseBody
        String ordered(Model model) {
            return "render " + renders.next("ordered") + " " + model.getAttribute("thanks");
        }

        @GetMapping("/me")
        @ResponseBody
        String me(@Nullable Principal user) {
            return "render " + renders.next("me") + " for " + (user == null ? "nobody" : user.getName());
        }

        /** The language that a filter outside left on the thread. */
        @GetMapping("/thread-language")
        @ResponseBody
        String threadLanguage() {
            return "render " + renders.next("thread-language") + " in " + LocaleContextHolder.getLocale();
        }

        @GetMapping("/attribute")
        @ResponseBody
        String attribute(HttpServletRequest request) {
            return "render " + renders.next("attribute") + " of " + request.getAttribute("shop.tenant");
        }
    }

    /** A dialogue over several pages, kept in the session. */
    @Controller
    @SessionAttributes("wizard")
    static class Wizard {
        private final Renders renders;

        Wizard(Renders renders) {
            this.renders = renders;
        }

        @ModelAttribute("wizard")
        StringBuilder wizard() {
            return new StringBuilder("wizard");
        }

        @GetMapping("/wizard")
        View page(@ModelAttribute("wizard") StringBuilder wizard) {
            String text = "render " + renders.next("wizard") + " of " + wizard;
            return (model, request, response) -> response.getWriter().write(text);
        }

        @PostMapping("/wizard")
        @ResponseBody
        String wizard(@ModelAttribute("wizard") StringBuilder wizard, @RequestParam("name") String name) {
            wizard.append(" of ").append(name);
            return "noted";
        }

        @PostMapping("/wizard/end")
        @ResponseBody
        String end(SessionStatus status) {
            status.setComplete();
            return "ended";
        }
    }

    /** Search forms, bound by setters and by a constructor. */
    @Controller
    static class Search {
        private final Renders renders;

        Search(Renders renders) {
            this.renders = renders;
        }

        @GetMapping("/find")
        @ResponseBody
        String find(@ModelAttribute Query query) {
            return "render " + renders.next("find") + " of " + query.getWords();
        }

        @GetMapping("/find/record")
        @ResponseBody
        String find(@ModelAttribute Words query) {
            return "render " + renders.next("find/record") + " of " + query.words();
        }
    }
}
